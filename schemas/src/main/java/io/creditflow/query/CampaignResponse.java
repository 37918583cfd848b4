package io.creditflow.query;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.List;

/**
 * One campaign and its usage in the last 30 days ({@code GET .../credits/campaigns/{c}}).
 *
 * @param item its fields are on the same level as {@code points} in the body
 */
public record CampaignResponse(
    @JsonUnwrapped CampaignItem item, List<TrendsResponse.Point> points) {}
