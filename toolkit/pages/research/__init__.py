"""Research on the site: trends, competitors, the board of strengths and weaknesses."""
