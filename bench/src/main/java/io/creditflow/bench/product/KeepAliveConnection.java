package io.creditflow.bench.product;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** A keep-alive HTTP/1.1 connection with minimal client-side work per request. Not thread-safe. */
public final class KeepAliveConnection implements AutoCloseable {
  private static final int TIMEOUT_MILLIS = 30_000;

  private final Socket socket;
  private final InputStream in;

  /** What follows the path in a request: the protocol version and the headers. */
  private final String afterPath;

  private byte[] body = new byte[64 * 1024];
  private int length;
  private int status;

  /**
   * @param url only its port is connected to, always on the loopback address
   * @param token the bearer token; null for none
   */
  public KeepAliveConnection(String url, String token) throws IOException {
    URI uri = URI.create(url);
    socket = new Socket(InetAddress.getLoopbackAddress(), uri.getPort());
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(TIMEOUT_MILLIS);
    in = new BufferedInputStream(socket.getInputStream(), 64 * 1024);
    afterPath =
        " HTTP/1.1\r\nHost: "
            + uri.getAuthority()
            + (token == null ? "" : "\r\nAuthorization: Bearer " + token)
            + "\r\nAccept: application/json\r\n\r\n";
  }

  /**
   * Requests a path and returns the size of the body.
   *
   * @throws IOException if the status is not 200
   */
  public int get(String path) throws IOException {
    if (requestStatus(path) != 200) {
      throw new IOException("GET " + path + " gave " + status + ": " + bodyText());
    }
    return length;
  }

  /** The body of a response with status 200; null for status 404. */
  public String bodyIfFound(String path) throws IOException {
    if (requestStatus(path) == 404) {
      return null;
    }
    if (status != 200) {
      throw new IOException("GET " + path + " gave " + status + ": " + bodyText());
    }
    return bodyText();
  }

  private String bodyText() {
    return new String(body, 0, length, StandardCharsets.UTF_8);
  }

  /** Sends a request, reads the response, and returns its status. */
  private int requestStatus(String path) throws IOException {
    socket
        .getOutputStream()
        .write(("GET " + path + afterPath).getBytes(StandardCharsets.ISO_8859_1));
    String statusLine = readLine();
    length = -1;
    for (String header = readLine(); !header.isEmpty(); header = readLine()) {
      String lower = header.toLowerCase(Locale.ROOT);
      if (lower.startsWith("content-length:")) {
        length = Integer.parseInt(lower.substring("content-length:".length()).strip());
      }
    }
    if (!statusLine.startsWith("HTTP/1.1 ") || length < 0) {
      throw new IOException("GET " + path + " gave " + statusLine + ", length " + length);
    }
    if (length > body.length) {
      body = new byte[length];
    }
    if (in.readNBytes(body, 0, length) < length) {
      throw new EOFException("GET " + path + ": the body ended early");
    }
    status = Integer.parseInt(statusLine.substring(9, 12));
    return status;
  }

  private String readLine() throws IOException {
    StringBuilder line = new StringBuilder(64);
    for (int c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0) {
        throw new EOFException("the connection was closed");
      }
      if (c != '\r') {
        line.append((char) c);
      }
    }
    return line.toString();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
