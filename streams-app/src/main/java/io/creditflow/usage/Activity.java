package io.creditflow.usage;

/** An activity that costs credits. The order is part of the stored format. */
public enum Activity {
  LEAD_SOURCED,
  PHONE_REVEALED
}
