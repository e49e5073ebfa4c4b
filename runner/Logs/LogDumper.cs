using System;
using System.IO;
using System.Linq;
using Testbed.Log;
using Testbed.Wire.Records;

namespace Testbed.Runner.Logs;

/// <summary>
/// Dumps one file, or the files of a partition's directory, and checks them where that is asked.
/// </summary>
internal sealed class LogDumper(RowPrinter rows, FindingPrinter printer, bool withRecords)
{
    private readonly FindingList _findings = new();

    /// <summary>Prints, and gives the program's exit code.</summary>
    public int Run(string path, bool withIndexes, bool isVerified)
    {
        if (Directory.Exists(path))
        {
            DumpFolder(path, withIndexes);
        }
        else
        {
            Dump(path);
        }
        if (isVerified)
        {
            Verify(path);
        }
        foreach (var finding in _findings.All)
        {
            printer.Print(finding);
        }
        return _findings.ProblemCount == 0 ? ExitCode.Ok : ExitCode.Failed;
    }

    private void DumpFolder(string path, bool withIndexes)
    {
        foreach (var file in new PartitionFolder(path).Files)
        {
            if (file.Kind == LogFileKind.Segment
                || (withIndexes && file.Kind is not (LogFileKind.Leftover or LogFileKind.Unknown)))
            {
                Dump(Path.Combine(path, file.Name));
            }
        }
    }

    private void Dump(string path)
    {
        var kind = LogFileName.Settled(path).Kind;
        try
        {
            if (kind is LogFileKind.Segment or LogFileKind.MetadataSnapshot)
            {
                DumpBatches(path);
            }
            else
            {
                DumpWhole(path);
            }
        }
        catch (Exception failure) when (PartitionFolder.IsRefusal(failure))
        {
            _findings.Problem(Shown(path), $"cannot be read: {failure.Message}");
        }
    }

    private void DumpWhole(string path)
    {
        var bytes = PieceReader.ReadWhole(path);
        if (bytes is null)
        {
            _findings.Problem(Shown(path), "has more bytes than are read at once");
            return;
        }
        rows.Begin(Shown(path), bytes.Length);
        var problem = new SmallFileDump(rows).Print(LogFileName.Settled(path), bytes);
        if (problem.Length > 0)
        {
            _findings.Problem(Shown(path), problem);
        }
    }

    private void DumpBatches(string path)
    {
        using var reader = new PieceReader(path);
        rows.Begin(Shown(path), reader.SizeBytes);
        var batches = new BatchPrinter(rows, withRecords);
        var walk = new BatchWalk(reader.SizeBytes, LogFileName.Settled(path).Offset);
        var needed = 0;
        WalkStep step;
        do
        {
            var position = walk.Position;
            var window = reader.Window(position, needed);
            step = walk.Next(window);
            needed = step.Kind == WalkKind.NeedMore ? step.SizeBytes : 0;
            if (step.Kind is WalkKind.Batch or WalkKind.DamagedBatch)
            {
                batches.Print(new RecordBatch(window[..step.SizeBytes]), position);
            }
            if (step.Kind is WalkKind.NoBatch or WalkKind.DamagedBatch)
            {
                _findings.Problem(
                    Shown(path),
                    $"bytes {position} to {walk.Position - 1} are no sound batch: {step.Reason}");
            }
        }
        while (step.Kind != WalkKind.End);
    }

    /// <summary>Findings about what was dumped; what dumping itself has told is not told again.</summary>
    private void Verify(string path)
    {
        var isFolder = Directory.Exists(path);
        var folder = isFolder ? path : Path.GetDirectoryName(Path.GetFullPath(path))!;
        if (!PartitionFolder.IsOne(folder))
        {
            return;
        }
        var found = new FindingList();
        new PartitionVerifier(new PartitionFolder(folder), found).Run();
        foreach (var finding in found.All.Where(finding => isFolder || finding.File == Shown(path)))
        {
            if (finding.Level == FindingLevel.Problem && !_findings.All.Contains(finding))
            {
                _findings.Problem(finding.File, finding.Text);
            }
            else if (finding.Level == FindingLevel.Note)
            {
                _findings.Note(finding.File, finding.Text);
            }
        }
    }

    /// <summary>A file as verifying names it: its directory's name and its own.</summary>
    private static string Shown(string path)
    {
        var full = Path.GetFullPath(path);
        return $"{Path.GetFileName(Path.GetDirectoryName(full))}/{Path.GetFileName(full)}";
    }
}
