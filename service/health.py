"""For those who run the service: is it alive, is it ready, and how is it doing."""

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from service import problems
from service.access.route import GuardedRoute
from service.metrics import CONTENT_TYPE
from service.state import state_of

router = APIRouter(include_in_schema=False, route_class=GuardedRoute)


@router.get("/healthz")
async def healthz() -> Response:
    """200 as long as the process answers."""
    return JSONResponse({"status": "ok"})


@router.get("/readyz")
async def readyz(request: Request) -> Response:
    """200 once the model and the phrase bank are loaded, 503 before and while shutting down."""
    if not state_of(request).ready:
        raise problems.Problem(problems.UNAVAILABLE, headers={"Retry-After": "2"})
    return JSONResponse({"status": "ready"})


@router.get("/metrics")
async def metrics(request: Request) -> Response:
    """The figures, for Prometheus."""
    return Response(state_of(request).metrics.page(), headers={"Content-Type": CONTENT_TYPE})
