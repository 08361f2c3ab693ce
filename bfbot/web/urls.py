"""Every page by its address."""

urlpatterns: list[object] = []
