package io.creditflow.bench.pipeline.postgres;

import io.creditflow.bench.workload.WorkloadTotals;
import io.creditflow.events.CreditGrant;
import io.creditflow.events.LeadSourced;
import io.creditflow.events.PhoneRevealed;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.TopicPartition;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/**
 * Writes batches of events. Each batch is committed in one transaction with its offsets. Not
 * thread-safe.
 */
final class PostgresBatchWriter implements AutoCloseable {
  private static final String COPY = "COPY staging FROM STDIN";
  private static final int COPY_CHUNK = 64 * 1024;
  private static final String UPSERT_OFFSET =
      "INSERT INTO kafka_offset VALUES (?, ?, ?)"
          + " ON CONFLICT (topic, part) DO UPDATE SET next = excluded.next";

  private final Connection connection;
  private final PreparedStatement countUsage;
  private final PreparedStatement insertGrant;
  private final PreparedStatement upsertOffset;
  private final StringBuilder rows = new StringBuilder();
  private final Map<TopicPartition, Long> nextOffsets = new HashMap<>();

  PostgresBatchWriter(String url) throws SQLException {
    connection = DriverManager.getConnection(url);
    connection.setAutoCommit(false);
    countUsage = connection.prepareStatement(Postgres.sql("count.sql"));
    insertGrant = connection.prepareStatement(Postgres.sql("grants.sql"));
    upsertOffset = connection.prepareStatement(UPSERT_OFFSET);
  }

  /** Adds a usage event to the batch. */
  void addUsage(SpecificRecord event) {
    if (event instanceof LeadSourced lead) {
      appendRow(
          lead.getWorkspaceId(),
          lead.getEventId(),
          lead.getCampaignId(),
          lead.getLeadId(),
          false,
          lead.getOccurredAt());
    } else {
      PhoneRevealed phone = (PhoneRevealed) event;
      appendRow(
          phone.getWorkspaceId(),
          phone.getEventId(),
          phone.getCampaignId(),
          phone.getLeadId(),
          true,
          phone.getOccurredAt());
    }
  }

  private void appendRow(
      String workspaceId,
      String eventId,
      String campaignId,
      String leadId,
      boolean isPhone,
      Instant occurredAt) {
    appendColumn(workspaceId);
    appendColumn(eventId);
    appendColumn(campaignId);
    appendColumn(leadId);
    // COPY's booleans are t and f.
    rows.append(isPhone ? 't' : 'f').append('\t').append(occurredAt).append('\n');
  }

  private void appendColumn(String value) {
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c == '\\' || c == '\t' || c == '\n' || c == '\r') {
        rows.append('\\');
      }
      rows.append(c);
    }
    rows.append('\t');
  }

  /** Adds a grant to the batch. */
  void addGrant(CreditGrant grant) {
    try {
      insertGrant.setString(1, grant.getWorkspaceId());
      insertGrant.setString(2, grant.getGrantId());
      insertGrant.setLong(3, grant.getAmount());
      insertGrant.addBatch();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Notes that the record at this offset is in the batch. */
  void noteRead(String topic, int partition, long offset) {
    nextOffsets.put(new TopicPartition(topic, partition), offset + 1);
  }

  /** Writes the events since the last commit, and commits. */
  void commit() {
    try {
      if (rows.length() > 0) {
        copy();
        countUsage.executeUpdate();
        try (Statement truncate = connection.createStatement()) {
          truncate.execute("TRUNCATE staging");
        }
      }
      insertGrant.executeBatch();
      for (Map.Entry<TopicPartition, Long> entry : nextOffsets.entrySet()) {
        upsertOffset.setString(1, entry.getKey().topic());
        upsertOffset.setInt(2, entry.getKey().partition());
        upsertOffset.setLong(3, entry.getValue());
        upsertOffset.addBatch();
      }
      upsertOffset.executeBatch();
      connection.commit();
      rows.setLength(0);
      nextOffsets.clear();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private void copy() throws SQLException {
    byte[] bytes = rows.toString().getBytes(StandardCharsets.UTF_8);
    CopyIn copy = connection.unwrap(PGConnection.class).getCopyAPI().copyIn(COPY);
    for (int at = 0; at < bytes.length; at += COPY_CHUNK) {
      copy.writeToCopy(bytes, at, Math.min(COPY_CHUNK, bytes.length - at));
    }
    copy.endCopy();
  }

  /** The committed offset of each partition: that of the next record to read. */
  Map<TopicPartition, Long> committedOffsets() {
    Map<TopicPartition, Long> offsets = new HashMap<>();
    query(
        "SELECT topic, part, next FROM kafka_offset",
        row -> offsets.put(new TopicPartition(row.getString(1), row.getInt(2)), row.getLong(3)));
    return offsets;
  }

  /** The totals in the database, in the form of {@link WorkloadTotals}. */
  List<String> totalsAsLines() {
    WorkloadTotals totals = new WorkloadTotals();
    query(
        "SELECT workspace, campaign, leads, phones FROM campaign_total",
        row -> totals.addUsage(row.getString(1), row.getString(2), row.getLong(3), row.getLong(4)));
    query(
        "SELECT workspace, day, sum(credits) FROM campaign_day GROUP BY 1, 2",
        row -> totals.addDay(row.getString(1), row.getObject(2, LocalDate.class), row.getLong(3)));
    List<String> lines = new ArrayList<>(totals.totalsAsLines());
    query(
        "SELECT workspace, granted - used FROM balance",
        row -> lines.add(WorkloadTotals.balanceLine(row.getString(1), row.getLong(2))));
    return lines;
  }

  private interface RowReader {
    void read(ResultSet row) throws SQLException;
  }

  private void query(String sql, RowReader reader) {
    try (Statement statement = connection.createStatement();
        ResultSet rowSet = statement.executeQuery(sql)) {
      while (rowSet.next()) {
        reader.read(rowSet);
      }
      connection.commit();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
