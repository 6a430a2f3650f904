"""Voluntary equality answers, kept apart from hiring, and what they say of a signed decision in the aggregate.

Off unless RECRUIT_EQUALITY=1.
"""
