//! Makes scripts small with oxc, in the syntax of ES2017.

use oxc_allocator::Allocator;
use oxc_codegen::{Codegen, CodegenOptions};
use oxc_compat::EngineTargets;
use oxc_minifier::{CompressOptions, MangleOptions, Minifier, MinifierOptions};
use oxc_parser::Parser;
use oxc_span::SourceType;

/// Whether `text` is a script without a fault.
pub(super) fn is_script(text: &str) -> bool {
    let allocator = Allocator::default();
    let parsed = Parser::new(&allocator, text, SourceType::default().with_script(true)).parse();
    parsed.errors.is_empty() && !parsed.panicked
}

/// `script` without comments and blanks, with short names inside functions; in the syntax of ES2017.
pub fn script(script: &str) -> String {
    let allocator = Allocator::default();
    let parsed = Parser::new(&allocator, script, SourceType::default().with_script(true)).parse();
    debug_assert!(parsed.errors.is_empty(), "{:?}", parsed.errors);
    let mut program = parsed.program;
    let target = EngineTargets::from_target("es2017").unwrap_or_default();
    let compress = CompressOptions { target, ..CompressOptions::smallest() };
    let options = MinifierOptions { mangle: Some(MangleOptions::default()), compress: Some(compress) };
    let names = Minifier::new(options).minify(&allocator, &mut program).scoping;
    Codegen::new().with_options(CodegenOptions::minify()).with_scoping(names).build(&program).code
}
