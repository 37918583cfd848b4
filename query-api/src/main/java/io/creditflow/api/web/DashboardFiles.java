package io.creditflow.api.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.creditflow.api.http.ETags;
import io.creditflow.api.http.Gzip;
import io.creditflow.api.http.Request;
import io.creditflow.api.http.Response;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The files of the dashboard, which are read from the classpath once and held in memory, also
 * compressed. JSDoc is removed from the dashboard's own modules. Libraries are unchanged, because
 * their comments contain their licenses. Immutable after {@link #read}.
 */
public final class DashboardFiles {
  private static final String ROOT = "/dashboard";
  private static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
          + " connect-src 'self'; font-src 'self'; manifest-src 'self'; base-uri 'none';"
          + " form-action 'none'; frame-ancestors 'none'";

  /** Matches a JSDoc comment that shares no line with code. */
  private static final Pattern DOC_COMMENT =
      Pattern.compile("(?m)^[ \\t]*/\\*\\*[^*]*+(?:\\*(?!/)[^*]*+)*+\\*/[ \\t]*$");

  private static final Pattern INDENTATION = Pattern.compile("(?m)^[ \\t]+");

  /** File names carry no version, so browsers ask each time, and get 304. */
  private static final String REVALIDATE = "private, no-cache";

  private static final Map<String, String> TYPES =
      Map.of(
          "html", "text/html; charset=utf-8",
          "js", "text/javascript; charset=utf-8",
          "mjs", "text/javascript; charset=utf-8",
          "css", "text/css; charset=utf-8",
          "json", "application/json",
          "svg", "image/svg+xml",
          "png", "image/png",
          "ico", "image/x-icon",
          "woff2", "font/woff2");

  private final Map<String, Response.Page> byPath = new TreeMap<>();

  private DashboardFiles() {}

  /** Reads all files; none if the dashboard is not on the classpath. */
  public static DashboardFiles read() {
    DashboardFiles files = new DashboardFiles();
    URL index = DashboardFiles.class.getResource(ROOT + "/index.html");
    if (index != null) {
      try {
        files.readFrom(index.toURI());
      } catch (IOException e) {
        throw new UncheckedIOException("The dashboard's files cannot be read", e);
      } catch (URISyntaxException e) {
        throw new IllegalStateException(e);
      }
    }
    return files;
  }

  private void readFrom(URI index) throws IOException {
    if (index.getScheme().equals("jar")) {
      try (FileSystem jar = FileSystems.newFileSystem(index, Map.of())) {
        readUnder(jar.getPath(ROOT));
      }
    } else {
      readUnder(Path.of(index).getParent());
    }
  }

  private void readUnder(Path root) throws IOException {
    try (Stream<Path> found = Files.walk(root)) {
      for (Path file : (Iterable<Path>) found.filter(Files::isRegularFile)::iterator) {
        String path = "/" + root.relativize(file).toString().replace('\\', '/');
        byte[] content = Files.readAllBytes(file);
        byPath.put(path, page(path, isModule(path) ? compact(content) : content));
      }
    }
    Response.Page index = byPath.remove("/index.html");
    byPath.put("/", index);
  }

  private static boolean isModule(String path) {
    return path.startsWith("/js/") && path.endsWith(".js");
  }

  /**
   * A module without its JSDoc and its indentation, which are a fifth of its gzipped size. All line
   * breaks stay, so that line numbers in a browser are those of the source.
   */
  static byte[] compact(byte[] module) {
    String code =
        DOC_COMMENT
            .matcher(new String(module, UTF_8))
            .replaceAll(comment -> "\n".repeat((int) comment.group().lines().count() - 1));
    return INDENTATION.matcher(code).replaceAll("").getBytes(UTF_8);
  }

  private static Response.Page page(String path, byte[] content) {
    String type = TYPES.get(path.substring(path.lastIndexOf('.') + 1));
    boolean isText = type != null && !type.startsWith("image/png") && !type.startsWith("font");
    return new Response.Page(
        content,
        isText ? Gzip.small(content) : null,
        type == null ? "application/octet-stream" : type,
        ETags.of(content),
        REVALIDATE,
        POLICY);
  }

  public List<String> paths() {
    return List.copyOf(byPath.keySet());
  }

  /** The file at one of the {@link #paths}. */
  public Response file(String path, Request request) {
    return byPath.get(path);
  }
}
