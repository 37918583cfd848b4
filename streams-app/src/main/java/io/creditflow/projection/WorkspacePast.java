package io.creditflow.projection;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;

/**
 * What is known of a workspace when its runway is computed.
 *
 * @param now as of when; the last full minute
 * @param grants live and scheduled, in the order in which they are drawn on (contract section 3,
 *     rule 4)
 * @param dailyCredits all campaigns together, up to today; leading zeros count as "not begun yet"
 * @param rhythm of its day; {@link DayRhythm#even()} if no hours are at hand
 */
public record WorkspacePast(
    ZoneId zone,
    Instant now,
    List<GrantAhead> grants,
    DailyCredits dailyCredits,
    DayRhythm rhythm) {}
