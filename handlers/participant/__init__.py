"""What people can ask of Ciclo, a file a theme."""
