"""Reading multipart/form-data on a fake server."""

import io

from werkzeug.formparser import parse_form_data


async def form(request):
    """The fields and the files of a request."""
    body = await request.body()
    environ = {
        "REQUEST_METHOD": "POST",
        "CONTENT_TYPE": request.headers["content-type"],
        "CONTENT_LENGTH": str(len(body)),
        "wsgi.input": io.BytesIO(body),
    }
    _, values, files = parse_form_data(environ)
    return values, files
