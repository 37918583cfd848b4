package io.creditflow.streams;

import static org.assertj.core.api.Assertions.assertThat;

import io.creditflow.schemas.EventType;
import io.creditflow.streams.ArrivalAges.Ages;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ArrivalAgesTest {
  @Test
  void addsUpByTopicAndCountsWhatIsOfTheFutureAsOfNow() {
    ArrivalAges ages = new ArrivalAges();
    ages.record(EventType.LEAD_SOURCED, 1_000, 5_000);
    ages.record(EventType.LEAD_SOURCED, 9_000, 5_000);
    ages.record(EventType.EMAIL_SENT, 0, 7);

    assertThat(ages.byTopic())
        .isEqualTo(Map.of("lead-sourced", new Ages(4_000, 2), "email-sent", new Ages(7, 1)));
  }
}
