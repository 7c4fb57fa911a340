"""The API's addresses: what is asked of each is checked against its declaration, then answered by its route.

OPTIONS and methods that are not declared are answered from the declarations alone; HEAD is GET without its body. Cookies open nothing
here. Whatever else is asked for under the API's root is not there, in the same words as a record that is not yours.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path, re_path
from django.views.decorators.csrf import csrf_exempt
from ninja import NinjaAPI

from sild.api.problems import answer_to, problem
from sild.kernel.route import JSON, ROUTES, Route

View = Callable[..., HttpResponse]


def addresses(api: NinjaAPI) -> list[URLPattern]:
    """One address for each declared path, in front of the framework's own views, and one for everything else."""
    views: dict[str, View] = {}
    for bound in api._get_bound_routers():
        for template, group in bound.path_operations.items():
            views[template] = group.get_view()
    missing = set(ROUTES) ^ set(views)
    if missing:
        raise TypeError(f"declared and mounted routes differ: {sorted(missing)}")
    alike = Counter(re.sub(r"\{\w+\}", "{}", template) for template in views)
    if max(alike.values()) > 1:
        raise TypeError(f"two routes at one address: {[template for template, count in alike.items() if count > 1]}")
    found = [path(_django(template), _door(ROUTES[template], view), name=f"api:{template}") for template, view in views.items()]
    return [*found, re_path(r"^", csrf_exempt(_nothing), name="api:nothing")]


def _django(template: str) -> str:
    return template.lstrip("/").replace("{", "<").replace("}", ">")


def _door(routes: dict[str, Route], view: View) -> View:
    allowed = ", ".join(sorted([*routes, *(["HEAD"] if "GET" in routes else []), "OPTIONS"]))

    @csrf_exempt  # a token opens this door, and a browser sends none by itself
    def answered(request: HttpRequest, **identifiers: str) -> HttpResponse:
        if request.method == "OPTIONS":
            return _closed(HttpResponse(status=204, headers={"Allow": allowed}))
        head = request.method == "HEAD"
        if head:
            request.method = "GET"
        declared = routes.get(request.method or "")
        if declared is None:
            return _closed(problem("method", headers={"Allow": allowed}))
        try:
            response = problem("not-json") if _is_not_json(declared, request) else view(request, **identifiers)
        except Exception as fault:
            response = answer_to(request, fault)
        if head:
            response.headers["Content-Length"] = str(len(response.content))
            response.content = b""
        return _closed(response)

    return answered


def _is_not_json(declared: Route, request: HttpRequest) -> bool:
    if declared.media:
        # whoever may send a file is told which
        return False
    return not declared.safe and bool(request.body) and request.content_type != JSON


def _nothing(_request: HttpRequest) -> HttpResponse:
    return _closed(problem("not-there"))


def _closed(response: HttpResponse) -> HttpResponse:
    """No copy of an answer stays in any cache, but for those that say themselves how long."""
    response.headers.setdefault("Cache-Control", "no-store, private")
    return response
