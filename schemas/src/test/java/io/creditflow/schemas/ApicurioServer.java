package io.creditflow.schemas;

import io.creditflow.testkit.FreePorts;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The real Apicurio Registry from Maven Central, in a process of its own. */
final class ApicurioServer implements Closeable {
  /** Where the build unpacks it under the profile {@code full}. */
  private static final Path HOME = Path.of("target/apicurio");

  private static final int JAVA_LEAST = 21;

  private final Process process;
  private final Path log;
  private final String url;

  /** Starts it and waits until it answers. */
  ApicurioServer(Path java, Path dir) throws IOException, InterruptedException {
    int port = FreePorts.take();
    log = dir.resolve("apicurio.log");
    url = "http://127.0.0.1:" + port + "/apis/ccompat/v7";
    process =
        new ProcessBuilder(
                java.toString(),
                "-Xmx512m",
                "-Dquarkus.http.host=127.0.0.1",
                "-Dquarkus.http.port=" + port,
                "-Dquarkus.management.host=127.0.0.1",
                "-Dquarkus.management.port=" + FreePorts.take(),
                "-jar",
                "quarkus-run.jar")
            .directory(HOME.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    awaitAnswer(Duration.ofMinutes(3));
  }

  String url() {
    return url;
  }

  static boolean isUnpacked() {
    return Files.exists(HOME.resolve("quarkus-run.jar"));
  }

  /** A {@code java} that Apicurio runs on: our own, or one beside it on this machine. */
  static Optional<Path> java() {
    List<Path> homes = new ArrayList<>();
    homes.add(Path.of(System.getProperty("java.home")));
    Path machine = Path.of("/usr/lib/jvm");
    if (Files.isDirectory(machine)) {
      try (Stream<Path> found = Files.list(machine)) {
        found.sorted().forEach(homes::add);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return homes.stream()
        .filter(home -> majorVersion(home) >= JAVA_LEAST)
        .map(home -> home.resolve("bin/java"))
        .filter(Files::isExecutable)
        .findFirst();
  }

  private static int majorVersion(Path home) {
    Properties release = new Properties();
    try (InputStream in = Files.newInputStream(home.resolve("release"))) {
      release.load(in);
    } catch (IOException e) {
      return 0;
    }
    String version = release.getProperty("JAVA_VERSION", "0").replace("\"", "");
    return Integer.parseInt(version.replaceFirst("\\D.*", ""));
  }

  private void awaitAnswer(Duration most) throws IOException, InterruptedException {
    HttpSchemaRegistry registry =
        new HttpSchemaRegistry(Map.of("schema.registry.url", url, "call.timeout.ms", 1_000));
    long deadline = System.nanoTime() + most.toNanos();
    while (process.isAlive() && System.nanoTime() < deadline) {
      try {
        registry.latest("nothing-yet");
      } catch (SchemaRejectedException answered) {
        return;
      } catch (RegistryUnavailableException notYet) {
        process.waitFor(200, TimeUnit.MILLISECONDS);
      }
    }
    close();
    throw new IOException("Apicurio did not start: " + Files.readString(log));
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
