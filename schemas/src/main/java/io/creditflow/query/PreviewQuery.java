package io.creditflow.query;

/**
 * The parameters of {@code GET .../credits/preview}.
 *
 * @param leads number of leads that would be sourced, 0 to 10^9
 * @param phones number of phone numbers that would be revealed, 0 to 10^9
 * @param campaignId the campaign whose quota is checked; null for none
 */
public record PreviewQuery(long leads, long phones, String campaignId) {}
