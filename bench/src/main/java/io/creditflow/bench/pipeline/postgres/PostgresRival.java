package io.creditflow.bench.pipeline.postgres;

import io.creditflow.bench.machine.BenchEnvironment;
import io.creditflow.bench.machine.JvmCommand;
import io.creditflow.bench.pipeline.JobSpec;
import io.creditflow.bench.pipeline.Rival;
import io.creditflow.bench.workload.Workload;
import io.creditflow.bench.workload.WorkloadTotals;
import io.creditflow.testkit.ChildProcess;
import io.creditflow.testkit.ProcessUsage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * A consumer that counts in PostgreSQL. The consumer has the same heap as the other rivals; the
 * server's memory comes on top.
 */
public final class PostgresRival implements Rival {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String COMMITTED =
      "SELECT coalesce(sum(next), 0) FROM kafka_offset"
          + " WHERE topic IN ('lead-sourced', 'phone-revealed')";

  @Override
  public String name() {
    return "postgres";
  }

  @Override
  public int runsMax() {
    return 3;
  }

  @Override
  public List<String> settings() {
    return List.of(
        Postgres.version()
            + ": batches of up to "
            + PostgresApp.POLL_RECORDS_MAX
            + " by COPY into an unlogged table, INSERT ON CONFLICT DO NOTHING by event id, rollups"
            + " upserted per campaign, day and workspace, offsets in the same transaction; no"
            + " hours, alerts or HTTP, no index for reading history",
        "data directory beside the others' state; " + String.join(", ", Postgres.SETTINGS));
  }

  @Override
  public List<String> expectedLines(WorkloadTotals totals) {
    return totals.totalsAsLines();
  }

  @Override
  public Run start(BenchEnvironment environment, Path directory, String group, JvmCommand jvm)
      throws Exception {
    Path logs = directory.resolveSibling(directory.getFileName() + ".log");
    Postgres server = Postgres.start(directory, logs.resolveSibling("postgres-" + group + ".log"));
    try {
      Connection watcher = server.connect();
      try (Statement statement = watcher.createStatement()) {
        statement.execute(Postgres.sql("schema.sql"));
      }
      JobSpec job =
          new JobSpec(environment.bootstrapServers(), environment.registryUrl(), group, directory);
      ChildProcess client =
          jvm.startListener(
              logs, Map.of("DATABASE_URL", server.url()), job.command(PostgresApp.class.getName()));
      return new PostgresRun(server, watcher, client, job);
    } catch (SQLException | RuntimeException e) {
      server.close();
      throw e;
    }
  }

  private record PostgresRun(Postgres server, Connection watcher, ChildProcess client, JobSpec job)
      implements Run {
    @Override
    public long committedEvents() throws SQLException {
      try (PreparedStatement statement = watcher.prepareStatement(COMMITTED);
          ResultSet row = statement.executeQuery()) {
        row.next();
        return row.getLong(1);
      }
    }

    @Override
    public boolean isDone() {
      return true; // offsets and counts are committed in one transaction
    }

    @Override
    public void requireAlive() {
      server.requireAlive();
      client.requireAlive();
    }

    @Override
    public ProcessUsage resourceUsage() {
      return ProcessUsage.of(client.pid()).plus(server.resourceUsage());
    }

    @Override
    public List<String> totals(Workload workload) throws Exception {
      client.tell(JobSpec.FINISH);
      client.requireEnd(PATIENCE);
      return Files.readAllLines(job.totalsFile());
    }

    @Override
    public void close() {
      client.close();
      try {
        watcher.close();
      } catch (SQLException alreadyClosed) {
        // the server is stopped next
      }
      server.close();
    }
  }
}
