package dev.kysera.migrations.internal;

import java.util.LinkedHashMap;
import java.util.Map;

/** Settings with one of them changed, in the same order. */
final class SettingChange {

  private SettingChange() {}

  static Map<String, String> in(Map<String, String> settings, String name, String value) {
    Map<String, String> changed = new LinkedHashMap<>(settings);
    changed.put(name, value);
    return changed;
  }
}
