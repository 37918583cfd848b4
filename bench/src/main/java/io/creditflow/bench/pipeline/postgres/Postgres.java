package io.creditflow.bench.pipeline.postgres;

import io.creditflow.bench.ReportFormat;
import io.creditflow.testkit.Await;
import io.creditflow.testkit.ChildProcess;
import io.creditflow.testkit.FreePorts;
import io.creditflow.testkit.ProcessUsage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A PostgreSQL server on 127.0.0.1, whose data is in a new directory. */
final class Postgres implements AutoCloseable {
  private static final Path PROGRAMS = Path.of("/usr/lib/postgresql/15/bin");
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration STOP = Duration.ofSeconds(10);

  /**
   * Generous settings: a cache of two thirds of the product's heap, and no waiting for the disk.
   */
  static final List<String> SETTINGS =
      List.of(
          "shared_buffers=512MB",
          "work_mem=64MB",
          "synchronous_commit=off",
          "fsync=off",
          "full_page_writes=off",
          "wal_level=minimal",
          "max_wal_senders=0",
          "max_wal_size=8GB",
          "checkpoint_timeout=1h",
          "jit=off");

  private final ChildProcess server;
  private final String url;

  private Postgres(ChildProcess server, String url) {
    this.server = server;
    this.url = url;
  }

  /**
   * Starts Debian's PostgreSQL 15. If it is missing and this process runs as root, it is installed
   * first.
   */
  static Postgres start(Path directory, Path log) throws Exception {
    install();
    int port = FreePorts.take();
    Path data = directory.resolve("postgres");
    Files.createDirectories(data);
    boolean root = "root".equals(System.getProperty("user.name"));
    if (root) { // PostgreSQL refuses to run as root
      run("chown", "postgres", data.toString());
      for (Path above = directory; above.getNameCount() > 2; above = above.getParent()) {
        run("chmod", "o+x", above.toString());
      }
    }
    String as = root ? "runuser -u postgres -- " : "";
    run(
        List.of(
            "sh",
            "-c",
            as
                + PROGRAMS.resolve("initdb")
                + " -D "
                + data
                + " -U bench -A trust -E UTF8 --locale=C"
                + " --no-sync >/dev/null"));
    StringBuilder command = new StringBuilder(as).append(PROGRAMS.resolve("postgres"));
    command.append(" -D ").append(data).append(" -p ").append(port);
    command.append(" -c listen_addresses=127.0.0.1 -c unix_socket_directories=");
    SETTINGS.forEach(setting -> command.append(" -c ").append(setting));
    // The shell stops the server when its standard input ends.
    ChildProcess server =
        ChildProcess.start(
            log,
            Map.of(),
            List.of(
                "sh",
                "-c",
                "exec 3<&0; "
                    + command
                    + " </dev/null & server=$!; trap 'kill -INT $server' TERM INT;"
                    + " { read -r word <&3; kill -INT $server; } & wait $server; wait $server"));
    Postgres postgres =
        new Postgres(server, "jdbc:postgresql://127.0.0.1:" + port + "/postgres?user=bench");
    Await.until("PostgreSQL answers", PATIENCE, postgres::answers);
    return postgres;
  }

  private boolean answers() {
    server.requireAlive();
    try (Connection connection = connect()) {
      return connection.isValid(1);
    } catch (SQLException notYet) {
      return false;
    }
  }

  Connection connect() throws SQLException {
    return DriverManager.getConnection(url);
  }

  String url() {
    return url;
  }

  void requireAlive() {
    server.requireAlive();
  }

  /** The usage of the server with all its processes. */
  ProcessUsage resourceUsage() {
    return ProcessUsage.ofTree(server.pid());
  }

  @Override
  public void close() {
    server.stopOrKill(STOP);
  }

  private static void install() throws Exception {
    if (Files.isExecutable(PROGRAMS.resolve("postgres"))) {
      return;
    }
    if (!"root".equals(System.getProperty("user.name"))) {
      throw new IllegalStateException(
          "PostgreSQL 15 is missing: install it (Debian: apt-get install postgresql-15) or leave"
              + " postgres out of --rivals");
    }
    ReportFormat.progress("installing Debian's postgresql-15");
    // Debian must not create and start a default database cluster.
    Path settings = Path.of("/etc/postgresql-common");
    if (!Files.exists(settings)) {
      Files.createDirectories(settings);
      Files.writeString(settings.resolve("createcluster.conf"), "create_main_cluster = false\n");
    }
    run("apt-get", "-qq", "update");
    run(
        "env",
        "DEBIAN_FRONTEND=noninteractive",
        "apt-get",
        "-qq",
        "install",
        "-y",
        "--no-install-recommends",
        "-o",
        "Dpkg::Options::=--force-confold",
        "postgresql-15");
  }

  private static void run(String... command) throws IOException, InterruptedException {
    run(new ArrayList<>(List.of(command)));
  }

  private static void run(List<String> command) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    if (process.waitFor() != 0) {
      throw new IllegalStateException(String.join(" ", command) + " failed");
    }
  }

  /** The server's version, for example {@code postgres (PostgreSQL) 15.18}. */
  static String version() {
    try {
      Process process =
          new ProcessBuilder(PROGRAMS.resolve("postgres").toString(), "--version").start();
      return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    } catch (IOException missing) {
      return "PostgreSQL 15";
    }
  }

  /** Reads a SQL statement from a resource in this package. */
  static String sql(String name) {
    try (var in = Postgres.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
