"""What a change adds or breaks: two states of the repository, and the findings accepted so far."""
