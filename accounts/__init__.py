"""Who someone is: accounts, sign-in and preferences; knows nothing of the forum."""
