"""The networks themselves, as torch modules: the only room whose files are made of torch, met when something is to be said."""
