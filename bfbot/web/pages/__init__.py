"""One file a page: thin views over the desk."""
