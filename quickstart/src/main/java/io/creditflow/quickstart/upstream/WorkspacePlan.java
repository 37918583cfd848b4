package io.creditflow.quickstart.upstream;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.creditflow.zone.TimeZones;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.ZoneId;
import java.util.List;

/** A simulated customer: the workspace, its campaigns and the grants that it buys. */
record WorkspacePlan(
    String id, String name, String timeZone, List<CampaignPlan> campaigns, List<GrantPlan> grants) {

  private static final ObjectMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

  ZoneId zone() {
    return TimeZones.inUse().of(timeZone);
  }

  /** All simulated customers, read from the resource {@code customers.json}. */
  static List<WorkspacePlan> customers() {
    try (InputStream json = WorkspacePlan.class.getResourceAsStream("customers.json")) {
      return List.of(JSON.readValue(json, WorkspacePlan[].class));
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read customers.json", e);
    }
  }
}
