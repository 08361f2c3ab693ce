"""The pages: server-rendered, a few lines over the desk."""
