using System.Collections.Generic;
using System.Linq;
using Testbed.Wire.Generator.Schema;

namespace Testbed.Wire.Generator.Emit;

/// <summary>
/// The source files that list all messages: the enum of API keys, and the switches over keys and types.
/// </summary>
internal static class CatalogueCode
{
    private const string Reader = "ref WireReader r, short version";

    public static string ApiKeys(IReadOnlyList<MessageHeading> headings)
    {
        var code = new CodeText();
        code.Line("namespace Testbed.Wire;").Line("");
        code.Line("/// <summary>Kafka's API keys (int16 on the wire).</summary>").Open(
            "public enum ApiKey : short");
        foreach (var request in Sorted(headings, MessageKind.Request))
        {
            code.Line($"{MessageCode.ApiOf(request)} = {request.Key},");
        }
        return MessageCode.Heading + code.Close();
    }

    public static string Switches(IReadOnlyList<MessageHeading> headings)
    {
        var code = new CodeText();
        code.Line("namespace Testbed.Wire;").Line("");
        code.Line("/// <summary>What the schemas say of all messages together.</summary>");
        code.Open("internal static class Schemas");
        EmitKeys(code, Sorted(headings, MessageKind.Request));
        EmitEntries(code, Sorted(headings, MessageKind.Request));
        EmitApis(code, "IRequest", "Request", Sorted(headings, MessageKind.Request));
        EmitApis(code, "IResponse", "Response", Sorted(headings, MessageKind.Response));
        EmitNew(code, Sorted(headings, MessageKind.Response));
        EmitRecords(code, "IMetadataRecord", "MetadataRecord", Sorted(headings, MessageKind.Metadata));
        EmitRecords(code, "ICoordinatorKey", "GroupKey", Sorted(headings, MessageKind.GroupKey));
        EmitRecords(code, "ICoordinatorValue", "GroupValue", Sorted(headings, MessageKind.GroupValue));
        EmitRecords(code, "ICoordinatorKey", "TransactionKey", Sorted(headings, MessageKind.TransactionKey));
        EmitRecords(
            code, "ICoordinatorValue", "TransactionValue", Sorted(headings, MessageKind.TransactionValue));
        EmitRecords(code, "ICoordinatorKey", "ShareKey", Sorted(headings, MessageKind.ShareKey));
        EmitRecords(code, "ICoordinatorValue", "ShareValue", Sorted(headings, MessageKind.ShareValue));
        return MessageCode.Heading + code.Close();
    }

    private static List<MessageHeading> Sorted(IReadOnlyList<MessageHeading> headings, MessageKind kind) =>
        [.. headings.Where(heading => heading.Kind == kind).OrderBy(heading => heading.Key)];

    private static void EmitKeys(CodeText code, List<MessageHeading> requests)
    {
        code.Open("public static ReadOnlySpan<ApiKey> Keys => new ApiKey[]");
        foreach (var request in requests)
        {
            code.Line($"ApiKey.{MessageCode.ApiOf(request)},");
        }
        code.Close("};");
    }

    private static void EmitEntries(CodeText code, List<MessageHeading> requests)
    {
        code.Open("public static bool TryFind(short key, out ApiEntry entry)").Open("switch (key)");
        foreach (var request in requests)
        {
            var listeners = (request.OnBroker, request.OnController) switch
            {
                (true, true) => "ApiListeners.Broker | ApiListeners.Controller",
                (true, false) => "ApiListeners.Broker",
                _ => "ApiListeners.Controller",
            };
            var flexible = request.Flexible.IsEmpty ? "short.MaxValue" : $"{request.Flexible.Low}";
            var unstable = request.IsNewestUnstable ? "true" : "false";
            var api = MessageCode.ApiOf(request);
            var versions = $"{request.Versions.Low}, {request.Versions.High}, {flexible}";
            code.Line($"case {request.Key}:");
            code.Line($"    entry = new(ApiKey.{api}, \"{api}\", {versions}, {unstable}, {listeners});");
            code.Line("    return true;");
        }
        code.Line("default:").Line("    entry = default;").Line("    return false;").Close().Close();
    }

    private static void EmitApis(CodeText code, string type, string name, List<MessageHeading> messages)
    {
        code.Open($"public static {type} Read{name}(ApiKey key, {Reader}) => key switch");
        foreach (var message in messages)
        {
            code.Line(
                $"ApiKey.{MessageCode.ApiOf(message)} => Messages.{message.Name}.Read(ref r, version),");
        }
        code.Line($"_ => Versions.NoSuchApi<{type}>(key),").Close("};");
    }

    private static void EmitNew(CodeText code, List<MessageHeading> responses)
    {
        code.Open("public static IResponse NewResponse(ApiKey key) => key switch");
        foreach (var message in responses)
        {
            code.Line($"ApiKey.{MessageCode.ApiOf(message)} => new Messages.{message.Name}(),");
        }
        code.Line("_ => Versions.NoSuchApi<IResponse>(key),").Close("};");
    }

    private static void EmitRecords(CodeText code, string type, string name, List<MessageHeading> records)
    {
        code.Open($"public static {type}? Read{name}(int type, {Reader}) => type switch");
        foreach (var record in records)
        {
            code.Line($"{record.Key} => Versions.Read<Messages.{record.Name}>(ref r, version),");
        }
        code.Line("_ => null,").Close("};");
    }
}
