"""Words that people wrote -> the purpose, prompts, licences, owners as questions."""
