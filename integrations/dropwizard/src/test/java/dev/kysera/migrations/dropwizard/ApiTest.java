package dev.kysera.migrations.dropwizard;

import dev.kysera.migrations.PublicApi;
import org.junit.jupiter.api.Test;

class ApiTest {

  @Test
  void the_public_api_is_the_committed_one() throws Exception {
    PublicApi.assertCommitted("dev.kysera.migrations.dropwizard");
  }
}
