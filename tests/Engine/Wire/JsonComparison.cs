using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using Testbed.Foundation;
using Testbed.Wire;

namespace Testbed.Tests.Engine.Wire;

/// <summary>
/// Compares a message with the JSON that Kafka's own converters make of it: every key is a field with that
/// value, and a field without a key is at its default.
/// </summary>
public static class JsonComparison
{
    /// <summary>
    /// Fields that Kafka 4.4 calls otherwise than 4.3, of which the JSON is; the bytes are the same.
    /// </summary>
    private static readonly Dictionary<string, string> Renamed = new(StringComparer.Ordinal)
    {
        ["TxnOffsetCommitRequest.generationId"] = "GenerationIdOrMemberEpoch",
        ["StreamsGroupHeartbeatResponse.acceptableRecoveryLag"] = "AcceptableRecoveryLagLegacy",
    };

    /// <summary>The first difference with its path, or null.</summary>
    public static string? Difference(object message, JsonElement json, string path)
    {
        var unseen = MessageFields.Of(message.GetType()).ToDictionary(
            field => field.Name, StringComparer.OrdinalIgnoreCase);
        foreach (var entry in json.EnumerateObject())
        {
            var at = $"{path}.{entry.Name}";
            if (!unseen.Remove(Renamed.GetValueOrDefault(at, entry.Name), out var field))
            {
                return at + ": no such field";
            }
            if (ValueDifference(field.GetValue(message), entry.Value, at) is { } difference)
            {
                return difference;
            }
        }
        return unseen.Values.FirstOrDefault(field => !MessageFields.IsDefault(message, field)) is { } extra
            ? $"{path}.{extra.Name}: not at its default, but the JSON does not show it"
            : null;
    }

    private static string? ValueDifference(object? value, JsonElement json, string path)
    {
        var isNull = json.ValueKind == JsonValueKind.Null;
        if (IsNull(value) || isNull)
        {
            return IsNull(value) == isNull ? null : $"{path}: {value} is not {json}";
        }
        if (value is IList list && json.ValueKind == JsonValueKind.Array)
        {
            return ListDifference(list, json, path);
        }
        return MessageFields.IsStruct(value!.GetType()) && json.ValueKind == JsonValueKind.Object
            ? Difference(value, json, path)
            : IsEqual(value, json) ? null : $"{path}: {value} is not {json}";
    }

    private static bool IsNull(object? value) => value is null or RecordData { IsNull: true };

    private static string? ListDifference(IList list, JsonElement json, string path)
    {
        var elements = new List<JsonElement>(json.EnumerateArray());
        if (elements.Count != list.Count)
        {
            return $"{path}: {list.Count} elements instead of {elements.Count}";
        }
        for (var i = 0; i < list.Count; i++)
        {
            if (ValueDifference(list[i], elements[i], $"{path}[{i}]") is { } difference)
            {
                return difference;
            }
        }
        return null;
    }

    private static bool IsEqual(object value, JsonElement json) => value switch
    {
        bool flag => flag == json.GetBoolean(),
        string text => text == json.GetString(),
        Uuid id => id.ToString() == json.GetString(),
        double number => number.Equals(json.GetDouble()),
        ErrorCode code => (short)code == json.GetInt64(),
        ReadOnlyMemory<byte> bytes => Convert.ToBase64String(bytes.Span) == json.GetString(),
        RecordData records => Convert.ToBase64String(records.Memory.Span) == json.GetString(),
        sbyte or short or ushort or int or uint or long => Convert.ToInt64(value) == json.GetInt64(),
        _ => throw new InvalidOperationException($"no comparison for {value.GetType()}"),
    };
}
