package io.creditflow.api.http;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Instant;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;

/**
 * Writes replies with their headers: entity tags, 304, caching. Goes past Javalin's own writing,
 * which would copy the bytes once more.
 */
final class ReplyWriter {
  static final String AS_OF = "Creditflow-As-Of";
  private static final String REVALIDATE = "private, no-cache";

  static void write(Reply reply, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    if (reply instanceof Reply.Body body) {
      writeBody(body, request, response);
    } else if (reply instanceof Reply.Relayed relayed) {
      writeRelayed(relayed, request, response);
    } else if (reply instanceof Reply.Streamed streamed) {
      try {
        writeStreamed(streamed, request, response);
      } finally {
        streamed.done().run();
      }
    } else if (reply instanceof Reply.Page page) {
      writePage(page, request, response);
    } else if (reply instanceof Reply.Plain plain) {
      response.setHeader("Cache-Control", "no-store");
      response.setContentType(plain.contentType());
      send(response, plain.content());
    }
  }

  private static void writeBody(
      Reply.Body body, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    response.setHeader("Cache-Control", REVALIDATE);
    response.addHeader("Vary", "Accept-Encoding");
    if (body.status() == 200) {
      String etag = body.rendered().etag();
      response.setHeader("ETag", etag);
      if (ETags.matches(request.getHeader("If-None-Match"), etag)) {
        Instant asOf = body.asOf() == null ? Instant.now() : body.asOf();
        response.setHeader(AS_OF, asOf.toString());
        response.setStatus(304);
        return;
      }
    }
    response.setStatus(body.status());
    response.setContentType(Json.MEDIA_TYPE);
    writePacked(request, response, body.bytes());
  }

  /** Packed if it is large and the caller takes it so. */
  private static void writePacked(
      HttpServletRequest request, HttpServletResponse response, byte[] plain) throws IOException {
    byte[] content = plain;
    if (plain.length >= Gzip.ANSWER_BYTES_MIN
        && Gzip.isAccepted(request.getHeader("Accept-Encoding"))) {
      content = Gzip.fast(plain);
      response.setHeader("Content-Encoding", "gzip");
    }
    send(response, content);
  }

  private static void writeRelayed(
      Reply.Relayed relayed, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    response.setStatus(relayed.status());
    response.addHeader("Vary", "Accept-Encoding");
    response.setHeader("Cache-Control", relayed.status() < 400 ? REVALIDATE : "no-store");
    if (relayed.status() < 400) {
      response.setHeader("ETag", relayed.etag());
    }
    if (relayed.status() == 304) {
      response.setHeader(AS_OF, relayed.asOf());
      return;
    }
    response.setContentType(relayed.contentType());
    writePacked(request, response, relayed.body());
  }

  private static void writeStreamed(
      Reply.Streamed streamed, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    response.setHeader("Cache-Control", REVALIDATE);
    response.setHeader(AS_OF, streamed.asOf().toString());
    response.setHeader("ETag", streamed.etag());
    if (ETags.matches(request.getHeader("If-None-Match"), streamed.etag())) {
      response.setStatus(304);
      return;
    }
    response.setContentType(streamed.contentType());
    response.setHeader(
        "Content-Disposition", "attachment; filename=\"" + streamed.fileName() + "\"");
    if (!"HEAD".equals(request.getMethod())) {
      streamed.source().writeTo(response.getOutputStream());
    }
    response.getOutputStream().close();
  }

  private static void writePage(
      Reply.Page page, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    response.setHeader("Cache-Control", page.cacheControl());
    response.setHeader("ETag", page.etag());
    response.setHeader("Content-Security-Policy", page.policy());
    response.addHeader("Vary", "Accept-Encoding");
    if (ETags.matches(request.getHeader("If-None-Match"), page.etag())) {
      response.setHeader(AS_OF, Instant.now().toString());
      response.setStatus(304);
      return;
    }
    boolean zip = page.gzipped() != null && Gzip.isAccepted(request.getHeader("Accept-Encoding"));
    byte[] content = zip ? page.gzipped() : page.plain();
    if (zip) {
      response.setHeader("Content-Encoding", "gzip");
    }
    response.setContentType(page.contentType());
    send(response, content);
  }

  /** A problem found after part of the answer was sent breaks the connection off. */
  static void write(Problem problem, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    if (response.isCommitted()) {
      ServletContextRequest.getServletContextRequest(request)
          .getConnectionMetaData()
          .getConnection()
          .getEndPoint()
          .close();
      return;
    }
    response.resetBuffer();
    response.setStatus(problem.status());
    response.setHeader("ETag", null);
    response.setHeader("Cache-Control", "no-store");
    problem.headers().forEach(response::setHeader);
    byte[] body = Json.bytes(problem);
    response.setContentType(Problem.MEDIA_TYPE);
    send(response, body);
  }

  private static void send(HttpServletResponse response, byte[] content) throws IOException {
    response.setContentLength(content.length);
    response.getOutputStream().write(content);
    response.getOutputStream().close();
  }

  private ReplyWriter() {}
}
