using System;
using System.Collections;
using System.Linq;
using System.Reflection;
using System.Text.Json;
using Testbed.Foundation;
using Testbed.Tests.Engine.Wire;
using Testbed.Tests.Engine.Wire.Records;
using Testbed.Wire;
using Testbed.Wire.Records;

namespace Testbed.Tests.Engine.Node.Transcripts;

/// <summary>
/// Reads a request from JSON by the names of its fields; what is left out keeps its default. Records are
/// either a list of values or an object: values, times, and producer [id, epoch, first sequence].
/// </summary>
internal sealed class RequestJson(long nowMs, IdNames names)
{
    private static readonly JsonDocumentOptions Options = new() { AllowTrailingCommas = true };

    public IRequest Read(string api, string json)
    {
        var request = MessageTypes.Of(api + "Request").New();
        using var document = JsonDocument.Parse(json, Options);
        Fill(request, document.RootElement);
        return (IRequest)request;
    }

    private void Fill(object owner, JsonElement json)
    {
        var fields = MessageFields.Of(owner.GetType());
        foreach (var entry in json.EnumerateObject())
        {
            var field = fields.FirstOrDefault(
                field => string.Equals(field.Name, entry.Name, StringComparison.OrdinalIgnoreCase))
                ?? throw new FormatException($"{owner.GetType().Name} has no field {entry.Name}");
            field.SetValue(owner, ValueOf(field, entry.Value));
        }
    }

    private object? ValueOf(PropertyInfo field, JsonElement json) => ValueOf(field.PropertyType, json);

    private object? ValueOf(Type type, JsonElement json)
    {
        if (type == typeof(RecordData))
        {
            return Records(json);
        }
        if (json.ValueKind == JsonValueKind.Null)
        {
            return null;
        }
        if (type == typeof(Uuid))
        {
            return names.IdOf(json.GetString()!);
        }
        if (json.ValueKind == JsonValueKind.Array)
        {
            return List(type, json);
        }
        if (!MessageFields.IsStruct(type))
        {
            return json.Deserialize(type);
        }
        var made = Activator.CreateInstance(type)!;
        Fill(made, json);
        return made;
    }

    private IList List(Type type, JsonElement json)
    {
        var list = (IList)Activator.CreateInstance(type)!;
        foreach (var element in json.EnumerateArray())
        {
            list.Add(ValueOf(type.GetGenericArguments()[0], element));
        }
        return list;
    }

    private RecordData Records(JsonElement json)
    {
        if (json.ValueKind == JsonValueKind.Null)
        {
            return default;
        }
        var values = json.ValueKind == JsonValueKind.Array ? json : json.GetProperty("values");
        var options = RecordBatchOptions.Default;
        if (json.ValueKind == JsonValueKind.Object && json.TryGetProperty("producer", out var producer))
        {
            options = options with
            {
                ProducerId = producer[0].GetInt64(),
                ProducerEpoch = producer[1].GetInt16(),
                BaseSequence = producer[2].GetInt32(),
            };
        }
        var times = json.ValueKind == JsonValueKind.Object && json.TryGetProperty("times", out var given)
            ? given.EnumerateArray().Select(static time => time.GetInt64()).ToList()
            : null;
        var records = values.EnumerateArray().Select((value, i) =>
            new SampleRecord(times?[i] ?? nowMs, key: null, value.GetString()));
        return RecordData.Copied(Batches.Of(options, [.. records]));
    }
}
