package dev.resilient.cloud.ec2.metadata;

import java.util.Map;

/**
 * One answer of the metadata service.
 *
 * @param body characters stand for bytes (ISO 8859-1)
 * @param headers beyond those that every answer has
 */
record MetadataResponse(int status, String contentType, String body, Map<String, String> headers) {

    static MetadataResponse text(String body) {
        return new MetadataResponse(200, "text/plain", body, Map.of());
    }

    static MetadataResponse bytes(String body) {
        return new MetadataResponse(200, "application/octet-stream", body, Map.of());
    }

    /** An error page, in the form that the service has always had. */
    static MetadataResponse error(int status) {
        String title = status + " - " + reason(status);
        String encoding = status == 404 ? "iso-8859-1" : "UTF-8";
        return new MetadataResponse(status, "text/html", """
            <?xml version="1.0" encoding="%s"?>
            <!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN"
            \t"http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd">
            <html xmlns="http://www.w3.org/1999/xhtml" xml:lang="en" lang="en">
             <head>
              <title>%s</title>
             </head>
             <body>
              <h1>%s</h1>
             </body>
            </html>
            """.formatted(encoding, title, title), Map.of());
    }

    MetadataResponse with(String header, String value) {
        return new MetadataResponse(status, contentType, body, Map.of(header, value));
    }

    private static String reason(int status) {
        return switch (status) {
            case 400 -> "Bad Request";
            case 401 -> "Unauthorized";
            case 403 -> "Forbidden";
            case 404 -> "Not Found";
            case 413 -> "Payload Too Large";
            case 405 -> "Method Not Allowed";
            default -> "Internal Server Error";
        };
    }
}
