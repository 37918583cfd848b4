package io.creditflow.query;

/**
 * What {@code GET .../credits/preview} asks for.
 *
 * @param leads to be sourced, 0 to 10^9
 * @param phones to be revealed, 0 to 10^9
 * @param campaignId null without a campaign
 */
public record PreviewQuery(long leads, long phones, String campaignId) {}
