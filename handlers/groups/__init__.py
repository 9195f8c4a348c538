"""Answers in group chats. Imports participant features, turn and router."""
