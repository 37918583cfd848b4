package io.creditflow.query;

/**
 * What {@code GET .../credits/preview} asks for.
 *
 * @param leads that would be sourced, 0 to 10^9
 * @param phones phone numbers that would be revealed, 0 to 10^9
 * @param campaignId whose quota is looked at; null for none
 */
public record PreviewQuery(long leads, long phones, String campaignId) {}
