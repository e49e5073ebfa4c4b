using System.Collections;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Reflection;
using System.Text;
using Testbed.Foundation;
using Testbed.Tests.Engine.Wire;
using Testbed.Wire;
using Testbed.Wire.Records;

namespace Testbed.Tests.Engine.Node.Transcripts;

/// <summary>
/// An answer as text: a line for itself and one for each struct in it, with the fields that are not at their
/// defaults. Records stand as offset:value.
/// </summary>
internal sealed class AnswerText(IdNames names)
{
    private readonly List<string> _lines = [];

    public static IReadOnlyList<string> Of(object message, IdNames names)
    {
        var text = new AnswerText(names);
        text.Add("", message);
        return text._lines.Count > 0 ? text._lines : ["nothing to tell"];
    }

    private void Add(string path, object owner)
    {
        var told = MessageFields.Of(owner.GetType())
            .Where(field => !MessageFields.IsDefault(owner, field))
            .ToList();
        var plain = told.Where(field => !HasStructs(field.GetValue(owner)))
            .Select(field => $"{field.Name}={Plain(field, field.GetValue(owner))}");
        var line = string.Join(' ', plain.Prepend(path).Where(static part => part.Length > 0));
        if (line.Length > 0)
        {
            _lines.Add(line);
        }
        var prefix = path.Length > 0 ? path + "." : "";
        foreach (var field in told.Where(field => HasStructs(field.GetValue(owner))))
        {
            AddStructs(prefix + field.Name, field.GetValue(owner)!);
        }
    }

    private void AddStructs(string path, object value)
    {
        if (value is not IList list)
        {
            Add(path, value);
            return;
        }
        for (var i = 0; i < list.Count; i++)
        {
            Add($"{path}[{i}]", list[i]!);
        }
    }

    private static bool HasStructs(object? value) => value switch
    {
        IList { Count: > 0 } list => MessageFields.IsStruct(list[0]!.GetType()),
        null => false,
        _ => MessageFields.IsStruct(value.GetType()),
    };

    private string Plain(PropertyInfo field, object? value) => value switch
    {
        null => "null",
        string cluster when field.Name == "ClusterId" => names.OfCluster(cluster),
        string text => Quoted(names.Rename(text)),
        Uuid id => names.Of(id),
        RecordData records => Records(records),
        IList list => $"[{string.Join(' ', list.Cast<object>())}]",
        _ => string.Create(CultureInfo.InvariantCulture, $"{value}"),
    };

    private static string Quoted(string text) =>
        text.Length > 0 && !text.Contains(' ') ? text : $"\"{text}\"";

    private static string Records(RecordData data)
    {
        if (data.IsNull)
        {
            return "null";
        }
        var told = new List<string>();
        var batches = new RecordBatchReader(data.Memory.Span);
        while (batches.TryRead(out var batch))
        {
            var records = new RecordReader(batch.Body, batch.RecordsCount);
            while (records.TryRead(out var record))
            {
                told.Add($"{batch.OffsetOf(record)}:{Encoding.UTF8.GetString(record.Value.Bytes)}");
            }
        }
        return $"[{string.Join(' ', told)}]";
    }
}
