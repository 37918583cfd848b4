package io.creditflow.view;

import static org.assertj.core.api.Assertions.assertThat;

import io.creditflow.query.CampaignItem;
import io.creditflow.query.CampaignsQuery;
import java.text.Normalizer;
import java.text.Normalizer.Form;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is found under which spelling (contract section 4, campaigns). */
class CampaignSearchTest {
  /** Case folding by Unicode's CaseFolding.txt, statuses C and F; compatibility forms by NFKC. */
  @ParameterizedTest
  @CsvSource({
    "Zürich 2026, zürich",
    "Straße, STRASSE",
    "STRASSE, straße",
    "STRAẞE, strasse",
    "İstanbul, istanbul",
    "istanbul, İSTANBUL",
    "ISTANBUL, istanbul",
    "ΟΔΥΣΣΕΥΣ, οδυσσευς",
    "Οδυσσεύς, ΣΕΎΣ",
    "ᾳδης, ΑΙΔΗΣ",
    "ﬁnal oﬀer, FINAL OFFER",
    "Ｆｕｌｌ Ｗｉｄｔｈ, full width",
    "㎏ per unit, KG",
    "Kelvin, kelvin",
    "ſpring, SPRING",
    "և, ԵՒ",
    "Ǆ, ǆ",
    "ΐ, Ϊ́",
    "ꭰꭱ, ᎠᎡ",
    "μ, µ",
  })
  void findsANameHoweverItIsSpelled(String name, String search) {
    for (Form form : List.of(Form.NFC, Form.NFD)) {
      String spelled = Normalizer.normalize(name, form);
      assertThat(found(spelled, Normalizer.normalize(search, Form.NFC))).isTrue();
      assertThat(found(spelled, Normalizer.normalize(search, Form.NFD))).isTrue();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "Zürich, zurich",
    "Résumé, resume",
    "kırmızı, kirmizi",
    "Strase, straße",
    "spring sale, springsale"
  })
  void doesNotFindAnotherName(String name, String search) {
    assertThat(found(name, search)).isFalse();
  }

  @Test
  void findsAnIdAlikeAndANamelessCampaignByItAlone() {
    CampaignItem nameless = campaign("Straße-1", null);
    assertThat(page("STRASSE", nameless)).containsExactly(nameless);
    assertThat(page("", nameless)).containsExactly(nameless);
    assertThat(page("null", nameless)).isEmpty();
  }

  private static boolean found(String name, String search) {
    return !page(search, campaign("c", name)).isEmpty();
  }

  private static List<CampaignItem> page(String search, CampaignItem campaign) {
    CampaignsQuery query =
        new CampaignsQuery(Set.of(), search, null, CampaignsQuery.Sort.NAME, false, 50, null);
    return new CampaignsView(query).page(List.of(campaign)).items();
  }

  private static CampaignItem campaign(String id, String name) {
    return new CampaignItem(
        id,
        name,
        null,
        CampaignItem.Status.UNKNOWN,
        0,
        0,
        0,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null);
  }
}
