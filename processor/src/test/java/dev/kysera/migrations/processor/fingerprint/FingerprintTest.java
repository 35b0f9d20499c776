package dev.kysera.migrations.processor.fingerprint;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Algorithm 1 as such: databases and files hold its results, so it must never change. */
class FingerprintTest {

  @Test
  void of_tokensAndConstants_isTheDigestOfThemLedByKindAndLength() throws Exception {
    List<Token> tokens =
        CanonicalForm.of(JavaLexer.tokensOf("final static int A = 1 + \"a\" + \"ä\" + 'c';"));
    TreeMap<String, String> constants = new TreeMap<>();
    constants.put("T.B", "String x");

    assertThat(new Fingerprint().of(tokens, constants))
        .isEqualTo(
            "1:"
                + sha256(
                    utf8("I5:finalI6:staticI3:intI1:AO1:=N1:1O1:+S2:a")
                        + "e083a4" // ä as three bytes
                        + utf8("O1:+C1:cO1:;R3:T.BV8:String x")));
  }

  private static String utf8(String text) {
    return HexFormat.of().formatHex(text.getBytes(UTF_8));
  }

  private static String sha256(String hex) throws GeneralSecurityException {
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    return HexFormat.of().formatHex(digest.digest(HexFormat.of().parseHex(hex)));
  }
}
