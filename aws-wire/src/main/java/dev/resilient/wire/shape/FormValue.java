package dev.resilient.wire.shape;

import dev.resilient.wire.http.Parameter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.protocol.MarshallingKnownType;
import software.amazon.awssdk.core.traits.ListTrait;
import software.amazon.awssdk.core.traits.MapTrait;

/**
 * A value in a form, where names like {@code Tags.member.1.Key} make a tree. Single values are leaves; a name that has both a
 * value and parts below it is what SDKs send for an empty list beside nothing, and the value is then no more than a mark.
 */
public final class FormValue implements WireValue {
    private final Map<String, FormValue> parts = new LinkedHashMap<>();
    private final boolean alwaysFlattened;
    private @Nullable String text;

    private FormValue(boolean alwaysFlattened) {
        this.alwaysFlattened = alwaysFlattened;
    }

    /**
     * The tree of these parameters.
     *
     * @param alwaysFlattened whether elements of a list follow its name at once, as in EC2's requests
     */
    public static FormValue of(List<Parameter> parameters, boolean alwaysFlattened) {
        FormValue root = new FormValue(alwaysFlattened);
        for (Parameter parameter : parameters) {
            FormValue value = root;
            for (String part : parameter.name().split("\\.")) {
                value = value.parts.computeIfAbsent(part, absent -> new FormValue(alwaysFlattened));
            }
            value.text = parameter.value();
        }
        return root;
    }

    @Override
    public Optional<WireValue> member(SdkField<?> field) {
        return Optional.ofNullable(parts.get(field.locationName()));
    }

    @Override
    public List<WireValue> elements(ListTrait list) {
        String name = list.memberFieldInfo().locationName();
        return indexed(alwaysFlattened || list.isFlattened() ? this : parts.get(name == null ? "member" : name));
    }

    @Override
    public Map<String, WireValue> entries(MapTrait map) {
        Map<String, WireValue> entries = new LinkedHashMap<>();
        for (WireValue entry : indexed(map.isFlattened() ? this : parts.get("entry"))) {
            Map<String, FormValue> sides = ((FormValue) entry).parts;
            FormValue key = sides.get(map.keyLocationName());
            FormValue value = sides.get(map.valueLocationName());
            if (key == null || value == null) {
                throw new Malformed(
                        "A map entry must have a " + map.keyLocationName() + " and a " + map.valueLocationName() + ".");
            }
            entries.put(key.text(MarshallingKnownType.STRING), value);
        }
        return entries;
    }

    @Override
    public String text(MarshallingKnownType type) {
        if (text == null) {
            throw new Malformed("A single value was expected where parts were sent: " + parts.keySet() + ".");
        }
        return text;
    }

    private static List<WireValue> indexed(@Nullable FormValue list) {
        if (list == null) {
            return List.of();
        }
        Map<Integer, WireValue> byIndex = new TreeMap<>();
        list.parts.forEach((name, value) -> {
            if (!name.matches("[0-9]{1,9}")) {
                throw new Malformed("'" + name + "' is not the index of a list.");
            }
            byIndex.put(Integer.valueOf(name), value);
        });
        return new ArrayList<>(byIndex.values());
    }
}
