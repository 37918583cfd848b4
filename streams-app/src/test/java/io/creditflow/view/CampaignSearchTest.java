package io.creditflow.view;

import static org.assertj.core.api.Assertions.assertThat;

import io.creditflow.campaign.CampaignRow;
import io.creditflow.campaign.CampaignVersion;
import io.creditflow.query.CampaignsQuery;
import io.creditflow.state.InMemoryRowStore;
import io.creditflow.state.RowStore.Row;
import io.creditflow.state.RowWriter;
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
    assertThat(found("Straße-1", null, "STRASSE")).isTrue();
    assertThat(found("Straße-1", null, "")).isTrue();
    assertThat(found("Straße-1", null, "null")).isFalse();
  }

  private static boolean found(String name, String search) {
    return found("c", name, search);
  }

  private static boolean found(String campaignId, String name, String search) {
    InMemoryRowStore state = new InMemoryRowStore();
    CampaignRow row = CampaignRow.decode(null);
    if (name != null) {
      row.apply(new CampaignVersion(name, 0, 0, null, null, null, 0, "e"));
    }
    byte[] key = CampaignRow.key("w", campaignId).bytes();
    state.write(List.of(new Row(key, row.encode(new RowWriter()))));
    CampaignsQuery query =
        new CampaignsQuery(Set.of(), search, null, CampaignsQuery.Sort.NAME, false, 50, null);
    return new CampaignsView(new WorkspaceSnapshot(state, "w", 0), query)
        .page().items().stream().anyMatch(item -> item.campaignId().equals(campaignId));
  }
}
