using System;
using System.Collections.Immutable;
using System.IO;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;
using Testbed.Wire.Generator.Emit;
using Testbed.Wire.Generator.Schema;

namespace Testbed.Wire.Generator;

/// <summary>
/// Turns the schema files (additional files in a folder `Schemas`) into message classes, one source per file,
/// and lists them in the catalogue. A file that breaks the notation is an error at its line.
/// </summary>
[Generator]
public sealed class SchemaGenerator : IIncrementalGenerator
{
    private static readonly DiagnosticDescriptor Malformed = new(
        "TBW001", "Malformed message schema", "{0}", "Testbed.Wire", DiagnosticSeverity.Error, true);

    private static readonly DiagnosticDescriptor Twice = new(
        "TBW002", "Key used twice", "{0} {1} is {2} and {3}", "Testbed.Wire", DiagnosticSeverity.Error, true);

    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        var files = context.AdditionalTextsProvider
            .Where(static file => IsSchema(file.Path))
            .Select(static (file, cancel) => (file.Path, Text: file.GetText(cancel)?.ToString() ?? ""));
        context.RegisterSourceOutput(
            files, static (output, file) => EmitMessage(output, file.Path, file.Text));
        var headings = files.Select(static (file, _) => HeadingOf(file.Path, file.Text)).Collect();
        context.RegisterSourceOutput(headings, static (output, all) => EmitCatalogue(output, all));
    }

    private static bool IsSchema(string path) =>
        path.EndsWith(".txt", StringComparison.Ordinal)
        && Path.GetFileName(Path.GetDirectoryName(path)) == "Schemas";

    private static void EmitMessage(SourceProductionContext output, string path, string text)
    {
        var name = Path.GetFileNameWithoutExtension(path);
        try
        {
            var schema = SchemaParser.Parse(text, name);
            output.AddSource(name + ".g.cs", SourceText.From(MessageCode.Of(schema), Encoding.UTF8));
        }
        catch (SchemaException problem)
        {
            var place = new LinePosition(problem.Line, 0);
            var location = Location.Create(path, default, new LinePositionSpan(place, place));
            output.ReportDiagnostic(Diagnostic.Create(Malformed, location, problem.Message));
        }
    }

    /// <summary>Null when the file is malformed, which is reported elsewhere.</summary>
    private static MessageHeading? HeadingOf(string path, string text)
    {
        try
        {
            return SchemaParser.Parse(text, Path.GetFileNameWithoutExtension(path)).Heading;
        }
        catch (SchemaException)
        {
            return null;
        }
    }

    private static void EmitCatalogue(
        SourceProductionContext output, ImmutableArray<MessageHeading?> headings)
    {
        var sound = ImmutableArray.CreateBuilder<MessageHeading>();
        foreach (var heading in headings)
        {
            if (heading is not null && !IsTwice(output, sound, heading))
            {
                sound.Add(heading);
            }
        }
        if (sound.Count > 0)
        {
            output.AddSource("ApiKey.g.cs", SourceText.From(CatalogueCode.ApiKeys(sound), Encoding.UTF8));
            output.AddSource("Schemas.g.cs", SourceText.From(CatalogueCode.Switches(sound), Encoding.UTF8));
        }
    }

    private static bool IsTwice(
        SourceProductionContext output, ImmutableArray<MessageHeading>.Builder others, MessageHeading heading)
    {
        foreach (var other in others)
        {
            if (heading.Key >= 0 && other.Kind == heading.Kind && other.Key == heading.Key)
            {
                output.ReportDiagnostic(Diagnostic.Create(
                    Twice, Location.None, heading.Kind, heading.Key, other.Name, heading.Name));
                return true;
            }
        }
        return false;
    }
}
