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

/** Writes batches, each with its offsets in one transaction. Not thread-safe. */
final class PostgresBatchWriter implements AutoCloseable {
  private static final String COPY = "COPY staging FROM STDIN";
  private static final int COPY_CHUNK = 64 * 1024;
  private static final String OFFSET =
      "INSERT INTO kafka_offset VALUES (?, ?, ?)"
          + " ON CONFLICT (topic, part) DO UPDATE SET next = excluded.next";

  private final Connection connection;
  private final PreparedStatement count;
  private final PreparedStatement grant;
  private final PreparedStatement offset;
  private final StringBuilder rows = new StringBuilder();
  private final Map<TopicPartition, Long> next = new HashMap<>();

  PostgresBatchWriter(String url) throws SQLException {
    connection = DriverManager.getConnection(url);
    connection.setAutoCommit(false);
    count = connection.prepareStatement(Postgres.sql("count.sql"));
    grant = connection.prepareStatement(Postgres.sql("grants.sql"));
    offset = connection.prepareStatement(OFFSET);
  }

  void usage(SpecificRecord event) {
    if (event instanceof LeadSourced lead) {
      row(
          lead.getWorkspaceId(),
          lead.getEventId(),
          lead.getCampaignId(),
          lead.getLeadId(),
          'f',
          lead.getOccurredAt());
    } else {
      PhoneRevealed phone = (PhoneRevealed) event;
      row(
          phone.getWorkspaceId(),
          phone.getEventId(),
          phone.getCampaignId(),
          phone.getLeadId(),
          't',
          phone.getOccurredAt());
    }
  }

  private void row(
      String workspaceId,
      String eventId,
      String campaignId,
      String leadId,
      char phone,
      Instant occurredAt) {
    text(workspaceId);
    text(eventId);
    text(campaignId);
    text(leadId);
    rows.append(phone).append('\t').append(occurredAt).append('\n');
  }

  private void text(String value) {
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c == '\\' || c == '\t' || c == '\n' || c == '\r') {
        rows.append('\\');
      }
      rows.append(c);
    }
    rows.append('\t');
  }

  void grant(CreditGrant bought) {
    try {
      grant.setString(1, bought.getWorkspaceId());
      grant.setString(2, bought.getGrantId());
      grant.setLong(3, bought.getAmount());
      grant.addBatch();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  void read(String topic, int partition, long at) {
    next.put(new TopicPartition(topic, partition), at + 1);
  }

  /** Writes the events since the last commit, and commits. */
  void commit() {
    try {
      if (rows.length() > 0) {
        copy();
        count.executeUpdate();
        try (Statement empty = connection.createStatement()) {
          empty.execute("TRUNCATE staging");
        }
      }
      grant.executeBatch();
      for (Map.Entry<TopicPartition, Long> entry : next.entrySet()) {
        offset.setString(1, entry.getKey().topic());
        offset.setInt(2, entry.getKey().partition());
        offset.setLong(3, entry.getValue());
        offset.addBatch();
      }
      offset.executeBatch();
      connection.commit();
      rows.setLength(0);
      next.clear();
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

  /** The next offset of each partition. */
  Map<TopicPartition, Long> offsets() {
    Map<TopicPartition, Long> offsets = new HashMap<>();
    query(
        "SELECT topic, part, next FROM kafka_offset",
        row -> offsets.put(new TopicPartition(row.getString(1), row.getInt(2)), row.getLong(3)));
    return offsets;
  }

  List<String> countedLines() {
    WorkloadTotals totals = new WorkloadTotals();
    query(
        "SELECT workspace, campaign, leads, phones FROM campaign_total",
        row -> totals.usage(row.getString(1), row.getString(2), row.getLong(3), row.getLong(4)));
    query(
        "SELECT workspace, day, sum(credits) FROM campaign_day GROUP BY 1, 2",
        row -> totals.day(row.getString(1), row.getObject(2, LocalDate.class), row.getLong(3)));
    List<String> lines = new ArrayList<>(totals.countedLines());
    query(
        "SELECT workspace, granted - used FROM balance",
        row -> lines.add(WorkloadTotals.balance(row.getString(1), row.getLong(2))));
    return lines;
  }

  private interface Row {
    void read(ResultSet row) throws SQLException;
  }

  private void query(String sql, Row each) {
    try (Statement statement = connection.createStatement();
        ResultSet rowSet = statement.executeQuery(sql)) {
      while (rowSet.next()) {
        each.read(rowSet);
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
