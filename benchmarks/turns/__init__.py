"""Whole turns side by side: Jawab, its Rasa alone, and three stock Rasa projects with the same questions and answers."""
