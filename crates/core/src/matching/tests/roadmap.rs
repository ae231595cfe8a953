use super::*;

#[test]
fn scenarios_of_other_industries_are_no_steps_and_are_counted() {
    let more = [
        r#"{"kind":"scenario","id":"hospital","name":{"zh":"医学影像缺陷检测（样例）"},"industry":["Q84"],"technique":["vision"],"sources":[]}"#,
        r#"{"kind":"scenario","id":"plant","name":{"zh":"表面缺陷检测（样例）"},"industry":["C33","Q84"],"technique":["vision"],"sources":[]}"#,
    ];
    let (index, shelf) = shelf(|records| {
        for line in more {
            let record: Record = serde_json::from_str(line).unwrap();
            let reference = RecordRef::new("fixture", "scenario", &record.head().id).unwrap();
            records.push((reference, Arc::new(record)));
        }
    });
    let steps = |industry: &str| {
        let mut request = request();
        request.need.industry.codes = vec![crate::model::Code::from(industry)];
        let roadmap = with(&index, &shelf, |engine| engine.roadmap(&request).unwrap());
        let mut ids: Vec<String> = (roadmap.steps.iter())
            .map(|step| step.scenario.reference.id.clone())
            .collect();
        ids.sort_unstable();
        (ids.join(" "), roadmap.elsewhere)
    };
    // Those that say nothing of an industry stay.
    assert_eq!(steps("C36"), ("n24 n26 plant".to_owned(), 1));
    assert_eq!(steps("equipment"), ("n24 n26 plant".to_owned(), 1));
    assert_eq!(steps("Q84"), ("hospital n24 n26 plant".to_owned(), 0));
}
