using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Testbed.Wire.Generator;
using Xunit;

namespace Testbed.Tests.Engine.Wire;

/// <summary>The generator on schema files in memory.</summary>
public sealed class SchemaGeneratorTests
{
    private const string Heading =
        "request 1 FetchRequest\nversions 4-18\nflexible 12+\nlisteners broker\n\n";

    [Fact]
    public void A_sound_schema_gives_one_source_for_the_message_and_two_for_the_catalogue()
    {
        var result = Run(new SchemaFile("FetchRequest", Heading + "MaxWaitMs: int32 = -1"));
        Assert.Empty(result.Diagnostics);
        Assert.Equal(
            ["ApiKey.g.cs", "FetchRequest.g.cs", "Schemas.g.cs"],
            result.Results[0].GeneratedSources.Select(file => file.HintName).Order(StringComparer.Ordinal));
        var source = SourceOf(result, "FetchRequest");
        Assert.Contains("public int MaxWaitMs { get; set; } = -1;", source, StringComparison.Ordinal);
    }

    /// <summary>Line numbers count from 1, as an editor shows them; fields begin at line 6.</summary>
    [Theory]
    [InlineData(6, "MaxWaitMs: int33")]
    [InlineData(6, "MaxWaitMs int32")]
    [InlineData(6, "maxWaitMs: int32")]
    [InlineData(6, "MaxWaitMs:")]
    [InlineData(6, "UnknownTags: int32")]
    [InlineData(6, "MaxWaitMs: int32 12+")]
    [InlineData(6, "MaxWaitMs: int32 v3+")]
    [InlineData(6, "MaxWaitMs: int32 v19+")]
    [InlineData(6, "MaxWaitMs: int32 v9-5")]
    [InlineData(6, "MaxWaitMs: int32 = null")]
    [InlineData(6, "MaxWaitMs: int32 = 3000000000")]
    [InlineData(6, "MaxWaitMs: int32 = true")]
    [InlineData(6, "MaxWaitMs: int32 = ")]
    [InlineData(6, "MaxWaitMs: int32?")]
    [InlineData(6, "MaxWaitMs: int32 plain")]
    [InlineData(6, "MaxWaitMs: int32 ignorable")]
    [InlineData(6, "MaxWaitMs: int32 tag 0")]
    [InlineData(6, "MaxWaitMs: int32 v12+ tag x")]
    [InlineData(6, "Records: records v12+ tag 0")]
    [InlineData(6, "Records: records[]")]
    [InlineData(6, "Rack: string? nullable v3+")]
    [InlineData(6, "Rack: string? nullable v5+")]
    [InlineData(6, "Rack: string ignorable v5+")]
    [InlineData(6, "Rack: string v5+ v6+ ignorable")]
    [InlineData(7, "Rack: string\nRack: int8")]
    [InlineData(7, "One: int8 v12+ tag 0\nTwo: int8 v12+ tag 0")]
    [InlineData(7, "Topics: int8\n  Name: string")]
    [InlineData(7, "Topics: Topic[]\n    Name: string")]
    [InlineData(7, "Topics: Topic[]\n Name: string")]
    [InlineData(6, "Topics: Topic[]")]
    [InlineData(7, "Topics: Topic[]\n  Topics: Topic[]")]
    [InlineData(8, "Topics: Topic[]\n  Name: string\nOthers: Topic[]\n  Name: string")]
    [InlineData(8, "Topics: Topic[] v9+\n  Name: string\nOthers: Topic[]")]
    [InlineData(6, "struct Topic")]
    [InlineData(6, "struct topic\n  Name: string")]
    [InlineData(7, "MaxWaitMs: int32\nstruct Topic\n  Name: string")]
    public void A_line_that_breaks_the_notation_is_an_error_at_that_line(int line, string fields) =>
        RequireError("FetchRequest", Heading + fields, line);

    [Theory]
    [InlineData(1, "")]
    [InlineData(1, "query 1 FetchRequest")]
    [InlineData(1, "request FetchRequest")]
    [InlineData(1, "request x FetchRequest")]
    [InlineData(1, "request 1 Fetch")]
    [InlineData(1, "response 1 FetchRequest")]
    [InlineData(1, "data FetchResponse")]
    [InlineData(1, "request 1 FetchRequest\nlisteners broker")]
    [InlineData(1, "request 1 FetchRequest\nversions 1-2")]
    [InlineData(2, "request 1 FetchRequest\nversions 1+\nlisteners broker")]
    [InlineData(2, "request 1 FetchRequest\nversions one\nlisteners broker")]
    [InlineData(3, "request 1 FetchRequest\nversions 1-2\nflexible 3+\nlisteners broker")]
    [InlineData(3, "request 1 FetchRequest\nversions 1-2\nflexible 1-2\nlisteners broker")]
    [InlineData(3, "request 1 FetchRequest\nversions 1-2\nlisteners zookeeper")]
    [InlineData(4, "request 1 FetchRequest\nversions 1-2\nlisteners broker\nnewest stable")]
    public void A_heading_that_breaks_the_notation_is_an_error_at_that_line(int line, string heading) =>
        RequireError("FetchRequest", heading, line);

    [Fact]
    public void One_malformed_file_leaves_the_others_alone()
    {
        var result = Run(
            new SchemaFile("FetchRequest", Heading + "oops"),
            new SchemaFile("NoOpRecord", "metadata 20 NoOpRecord\nversions 0\nflexible 0+\n"));
        Assert.Single(result.Diagnostics);
        Assert.Contains("class NoOpRecord", SourceOf(result, "NoOpRecord"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_key_that_two_messages_have_is_an_error()
    {
        var other = Heading.Replace("FetchRequest", "PullRequest", StringComparison.Ordinal);
        var result = Run(new SchemaFile("FetchRequest", Heading), new SchemaFile("PullRequest", other));
        var diagnostic = Assert.Single(result.Diagnostics);
        Assert.Equal("TBW002", diagnostic.Id);
        Assert.Contains("PullRequest", diagnostic.GetMessage(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Topics: FetchTopic[]", "FetchRequestTopic")]
    [InlineData("Topics: FetchRequestTopic[]", "FetchRequestTopic")]
    [InlineData("Topics: FetchableTopic[]", "FetchRequestFetchableTopic")]
    [InlineData("Topics: Fetch[]", "FetchRequestFetch")]
    public void A_structs_class_is_named_after_message_and_struct(string field, string name)
    {
        var source = SourceOf(
            Run(new SchemaFile("FetchRequest", $"{Heading}{field}\n  Name: string")), "FetchRequest");
        Assert.Contains($"public sealed class {name}\n", source, StringComparison.Ordinal);
    }

    [Fact]
    public void The_same_schemas_give_the_same_sources()
    {
        SchemaFile[] files =
        [
            new("FetchRequest", Heading + "Topics: FetchTopic[]\n  Name: string"),
            new("NoOpRecord", "metadata 20 NoOpRecord\nversions 0\nflexible 0+\n"),
        ];
        Assert.Equal(AllSources(Run(files)), AllSources(Run(files)));
    }

    /// <summary>
    /// Changing a field makes that message again, and neither the others nor the catalogue.
    /// </summary>
    [Fact]
    public void A_changed_field_makes_only_its_message_again()
    {
        var before = new SchemaFile("FetchRequest", Heading + "One: int8");
        var other = new SchemaFile("NoOpRecord", "metadata 20 NoOpRecord\nversions 0\nflexible 0+\n");
        var driver = CSharpGeneratorDriver.Create(
            [new SchemaGenerator().AsSourceGenerator()],
            [before, other],
            driverOptions: new GeneratorDriverOptions(default, trackIncrementalGeneratorSteps: true));
        var compilation = CSharpCompilation.Create("Schemas");
        var first = driver.RunGenerators(compilation);
        var after = new SchemaFile("FetchRequest", Heading + "Two: int8");
        var second = first.ReplaceAdditionalText(before, after).RunGenerators(compilation);
        var outputs = second.GetRunResult().Results[0].TrackedOutputSteps
            .SelectMany(step => step.Value)
            .SelectMany(step => step.Outputs)
            .Select(output => output.Reason)
            .ToList();
        Assert.Single(outputs, reason => reason == IncrementalStepRunReason.Modified);
        Assert.Equal(2, outputs.Count(reason => reason == IncrementalStepRunReason.Cached));
    }

    private static void RequireError(string name, string text, int line)
    {
        var result = Run(new SchemaFile(name, text));
        var diagnostic = Assert.Single(result.Diagnostics);
        Assert.Equal("TBW001", diagnostic.Id);
        Assert.Equal(DiagnosticSeverity.Error, diagnostic.Severity);
        var place = diagnostic.Location.GetLineSpan();
        Assert.Equal($"/engine/Wire/Schemas/{name}.txt", place.Path);
        Assert.Equal(line, place.StartLinePosition.Line + 1);
        Assert.Null(result.Results[0].Exception);
    }

    private static GeneratorDriverRunResult Run(params SchemaFile[] files) =>
        CSharpGeneratorDriver.Create([new SchemaGenerator().AsSourceGenerator()], files)
            .RunGenerators(CSharpCompilation.Create("Schemas"))
            .GetRunResult();

    private static string SourceOf(GeneratorDriverRunResult result, string name) =>
        result.Results[0].GeneratedSources
            .Single(source => source.HintName == name + ".g.cs").SourceText.ToString();

    private static IEnumerable<string> AllSources(GeneratorDriverRunResult result) =>
        result.Results[0].GeneratedSources.Select(source => source.SourceText.ToString());
}
