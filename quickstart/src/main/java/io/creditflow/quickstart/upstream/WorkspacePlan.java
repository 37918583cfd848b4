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

/** A customer of the story: who they are, what they run and what they bought. */
record WorkspacePlan(
    String id, String name, String timeZone, List<CampaignPlan> campaigns, List<GrantPlan> grants) {

  private static final ObjectMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

  ZoneId zone() {
    return TimeZones.inUse().of(timeZone);
  }

  /** Everyone in the story, as {@code customers.json} beside this class describes them. */
  static List<WorkspacePlan> customers() {
    try (InputStream json = WorkspacePlan.class.getResourceAsStream("customers.json")) {
      return List.of(JSON.readValue(json, WorkspacePlan[].class));
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read customers.json", e);
    }
  }
}
