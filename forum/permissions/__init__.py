"""Who may see and do what: visible_x beside can_verb_x, a module per noun."""
