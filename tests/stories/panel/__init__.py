"""Stories of questions to the panel: asked, voted for, moderated, shown on a screen, answered."""
