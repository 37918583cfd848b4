package io.creditflow.api.http;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Instant;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;

/**
 * Writes responses with their headers, and answers conditional requests with 304. Writes to the
 * servlet response directly, because Javalin would copy the bytes again.
 */
final class ResponseWriter {
  static final String AS_OF = "Creditflow-As-Of";
  private static final String REVALIDATE = "private, no-cache";

  static void write(
      Response response, HttpServletRequest servletRequest, HttpServletResponse servletResponse)
      throws IOException {
    if (response instanceof Response.Body body) {
      writeBody(body, servletRequest, servletResponse);
    } else if (response instanceof Response.Relayed relayed) {
      writeRelayed(relayed, servletRequest, servletResponse);
    } else if (response instanceof Response.Streamed streamed) {
      try {
        writeStreamed(streamed, servletRequest, servletResponse);
      } finally {
        streamed.done().run();
      }
    } else if (response instanceof Response.Page page) {
      writePage(page, servletRequest, servletResponse);
    } else if (response instanceof Response.Plain plain) {
      servletResponse.setHeader("Cache-Control", "no-store");
      servletResponse.setContentType(plain.contentType());
      send(servletResponse, plain.content());
    }
  }

  private static void writeBody(
      Response.Body body, HttpServletRequest servletRequest, HttpServletResponse servletResponse)
      throws IOException {
    servletResponse.setHeader("Cache-Control", REVALIDATE);
    servletResponse.addHeader("Vary", "Accept-Encoding");
    if (body.status() == 200) {
      String etag = body.rendered().etag();
      servletResponse.setHeader("ETag", etag);
      if (ETags.matches(servletRequest.getHeader("If-None-Match"), etag)) {
        Instant asOf = body.asOf() == null ? Instant.now() : body.asOf();
        servletResponse.setHeader(AS_OF, asOf.toString());
        servletResponse.setStatus(304);
        return;
      }
    }
    servletResponse.setStatus(body.status());
    servletResponse.setContentType(Json.MEDIA_TYPE);
    writeCompressed(servletRequest, servletResponse, body.bytes());
  }

  /** Writes the content, compressed if it is large and the client accepts gzip. */
  private static void writeCompressed(
      HttpServletRequest servletRequest, HttpServletResponse servletResponse, byte[] plain)
      throws IOException {
    byte[] content = plain;
    if (plain.length >= Gzip.COMPRESSED_BYTES_MIN
        && Gzip.isAccepted(servletRequest.getHeader("Accept-Encoding"))) {
      content = Gzip.fast(plain);
      servletResponse.setHeader("Content-Encoding", "gzip");
    }
    send(servletResponse, content);
  }

  private static void writeRelayed(
      Response.Relayed relayed,
      HttpServletRequest servletRequest,
      HttpServletResponse servletResponse)
      throws IOException {
    servletResponse.setStatus(relayed.status());
    servletResponse.addHeader("Vary", "Accept-Encoding");
    servletResponse.setHeader("Cache-Control", relayed.status() < 400 ? REVALIDATE : "no-store");
    if (relayed.status() < 400) {
      servletResponse.setHeader("ETag", relayed.etag());
    }
    if (relayed.status() == 304) {
      servletResponse.setHeader(AS_OF, relayed.asOf());
      return;
    }
    servletResponse.setContentType(relayed.contentType());
    writeCompressed(servletRequest, servletResponse, relayed.body());
  }

  private static void writeStreamed(
      Response.Streamed streamed,
      HttpServletRequest servletRequest,
      HttpServletResponse servletResponse)
      throws IOException {
    servletResponse.setHeader("Cache-Control", REVALIDATE);
    servletResponse.setHeader(AS_OF, streamed.asOf().toString());
    servletResponse.setHeader("ETag", streamed.etag());
    if (ETags.matches(servletRequest.getHeader("If-None-Match"), streamed.etag())) {
      servletResponse.setStatus(304);
      return;
    }
    servletResponse.setContentType(streamed.contentType());
    servletResponse.setHeader(
        "Content-Disposition", "attachment; filename=\"" + streamed.fileName() + "\"");
    if (!"HEAD".equals(servletRequest.getMethod())) {
      streamed.source().writeTo(servletResponse.getOutputStream());
    }
    servletResponse.getOutputStream().close();
  }

  private static void writePage(
      Response.Page page, HttpServletRequest servletRequest, HttpServletResponse servletResponse)
      throws IOException {
    servletResponse.setHeader("Cache-Control", page.cacheControl());
    servletResponse.setHeader("ETag", page.etag());
    servletResponse.setHeader("Content-Security-Policy", page.policy());
    servletResponse.addHeader("Vary", "Accept-Encoding");
    if (ETags.matches(servletRequest.getHeader("If-None-Match"), page.etag())) {
      servletResponse.setHeader(AS_OF, Instant.now().toString());
      servletResponse.setStatus(304);
      return;
    }
    boolean zip =
        page.gzipped() != null && Gzip.isAccepted(servletRequest.getHeader("Accept-Encoding"));
    byte[] content = zip ? page.gzipped() : page.plain();
    if (zip) {
      servletResponse.setHeader("Content-Encoding", "gzip");
    }
    servletResponse.setContentType(page.contentType());
    send(servletResponse, content);
  }

  /** Writes a problem. If part of the response has been sent, closes the connection instead. */
  static void write(
      Problem problem, HttpServletRequest servletRequest, HttpServletResponse servletResponse)
      throws IOException {
    if (servletResponse.isCommitted()) {
      ServletContextRequest.getServletContextRequest(servletRequest)
          .getConnectionMetaData()
          .getConnection()
          .getEndPoint()
          .close();
      return;
    }
    servletResponse.resetBuffer();
    servletResponse.setStatus(problem.status());
    servletResponse.setHeader("ETag", null);
    servletResponse.setHeader("Cache-Control", "no-store");
    problem.headers().forEach(servletResponse::setHeader);
    byte[] body = Json.bytes(problem);
    servletResponse.setContentType(Problem.MEDIA_TYPE);
    send(servletResponse, body);
  }

  private static void send(HttpServletResponse servletResponse, byte[] content) throws IOException {
    servletResponse.setContentLength(content.length);
    servletResponse.getOutputStream().write(content);
    servletResponse.getOutputStream().close();
  }

  private ResponseWriter() {}
}
