"""Pages of accounts: signing in and settings, administration, help."""

from litestar import Router

from recruit.accounts.pages import administration, guidance, signing_in

router = Router("/", route_handlers=[signing_in.router, administration.router, guidance.router])
